# Pages and examples that are part of the package.
docs_files =
