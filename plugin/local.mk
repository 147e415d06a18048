# The seam to libngspice. One line per noun.
core_sources += plugin/ng-session.h
