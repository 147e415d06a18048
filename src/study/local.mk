# The study and its processes. One line per noun.
core_sources += src/study/distribution.c
core_sources += src/study/distribution.h
core_sources += src/study/engine.c
core_sources += src/study/engine.h
core_sources += src/study/job-build.h
core_sources += src/study/job-deck.c
core_sources += src/study/job-measure.c
core_sources += src/study/job-pack.c
core_sources += src/study/job-variable.c
core_sources += src/study/job-vector.c
core_sources += src/study/job-vector.h
core_sources += src/study/job.c
core_sources += src/study/job.h
core_sources += src/study/philox.c
core_sources += src/study/philox.h
core_sources += src/study/pool.c
core_sources += src/study/pool.h
core_sources += src/study/reload.c
core_sources += src/study/reload.h
core_sources += src/study/run.c
core_sources += src/study/stats.c
core_sources += src/study/stats.h
core_sources += src/study/store.h
core_sources += src/study/study.h
core_sources += src/study/template.c
core_sources += src/study/worker-path.c
core_sources += src/study/worker-path.h
core_sources += src/study/worker.c
core_sources += src/study/worker.h

# The helper program: these files and the whole library, in one executable without libcarom.so.
worker_sources = src/study/worker-main.c src/study/worker-clock.c
