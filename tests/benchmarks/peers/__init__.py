"""The engines that Dalil is measured against, a module each."""
