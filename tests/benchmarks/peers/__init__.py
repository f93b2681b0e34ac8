"""The engines with which Dalil is compared, one module each."""
