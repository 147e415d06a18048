# The study and its processes. One line per noun.
core_sources += src/study/distribution.c
core_sources += src/study/distribution.h
core_sources += src/study/job.h
core_sources += src/study/philox.c
core_sources += src/study/philox.h
core_sources += src/study/pool.h
core_sources += src/study/stats.h
core_sources += src/study/store.h
core_sources += src/study/study.h
core_sources += src/study/worker-path.c
core_sources += src/study/worker-path.h

# The helper program: these files and the whole library, in one executable without libcarom.so.
worker_sources =
