// Writes the seeds of the snapshot fuzzer into the directory given: make_snapshot_corpus tests/fuzz/corpus/snapshot
//
// The seeds are also the format's goldens: tests/io/snapshot_corpus_test.cc reads them, so a file written by an earlier
// version must stay readable. When a schema grows, add seeds; do not write the old ones anew.
#include <cstdio>
#include <filesystem>
#include <string>

#include "io/snapshot_examples.h"

int main(int argc, char** argv) {
  using namespace lianhu;
  if (argc != 2) {
    std::fprintf(stderr, "usage: make_snapshot_corpus DIRECTORY\n");
    return 2;
  }
  const std::filesystem::path directory = argv[1];
  const absl::Status statuses[] = {
      io::WriteSnapshot((directory / "example.hierarchy").string(), io::ExampleHierarchy()),
      io::WriteSnapshot((directory / "example.problem").string(), io::ExampleProblem().View()),
      io::WriteSnapshot((directory / "empty.problem").string(), assignment::Problem{}),
      io::WriteSnapshot((directory / "example.plan").string(), io::ExamplePlan()),
      io::WriteSnapshot((directory / "empty.plan").string(), assignment::Plan{}),
  };
  for (const absl::Status& status : statuses) {
    if (status.ok()) continue;
    std::fprintf(stderr, "%s\n", status.ToString().c_str());
    return 1;
  }
  return 0;
}
