"""A run of the indexer: from files on the disk to commits.

``writer``          IndexWriter: add, refresh and forget files; the dry run
``sync_plan``       which files are new, changed, moved or gone
``change_detection``  whether a known file may have changed
``run``             carries out a plan and keeps the report
``transaction``     deletions and new segments up to the next commit, under the write lock
``document_fields``  what of a document goes into which field
``segment_batch``   files read into segments, a batch at a time
``file_reader``     one file read into documents
``worker_pool``     batches read by several processes
``worker_process``  one of these processes
``work_sharing``    which process reads which files
``report``          counts of a run, and its progress
"""
