# The circuit graph. One line per noun.
core_sources += src/circuit/circuit.h
core_sources += src/circuit/element-kind.h
