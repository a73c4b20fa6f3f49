// The founding street from end to end: hierarchy, plan and proof, the same on foot, what cannot work, its grids drawn
// anew, a month of issues, a notice to all, cards to print, an evaluation and its fund, and pages to look at.
//
//   jili_street --out out/jili
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "drawing.h"
#include "evaluation.h"
#include "folder.h"
#include "month.h"
#include "outreach.h"
#include "page.h"
#include "planning.h"
#include "roads.h"
#include "street.h"

namespace {

constexpr uint64_t kSeed = 20200331;

absl::Status Run(const jili::Folder& out) {
  std::error_code error;
  std::filesystem::create_directories(out.path, error);
  if (error) return absl::UnavailableError(absl::StrCat(out.path.string(), ": ", error.message()));

  const jili::Street street = jili::MakeStreet(kSeed);
  const lianhu::io::Street files = jili::AsFiles(street);
  lianhu::RunContext context;
  if (auto status = jili::WriteStreet(street, files, out); !status.ok()) return status;
  const auto plan = jili::PlanHouseholds(files, out, context);
  if (!plan.ok()) return plan.status();
  const auto walks = jili::WalkTheStreet(files, *plan, kSeed, out, context);
  if (!walks.ok()) return walks.status();
  const auto merchants = jili::PlanMerchants(street, out, context);
  if (!merchants.ok()) return merchants.status();
  const auto drawn = jili::DrawStreet(out, context);
  if (!drawn.ok()) return drawn.status();
  const auto tree = jili::ReadTree(out);
  if (!tree.ok()) return tree.status();
  const auto month = jili::RunMonth(*tree, kSeed, out);
  if (!month.ok()) return month.status();
  const auto outreach = jili::ReachOut(*tree, kSeed, out, context);
  if (!outreach.ok()) return outreach.status();
  const auto evaluation = jili::Evaluate(merchants->links, outreach->counts, kSeed, out, context);
  if (!evaluation.ok()) return evaluation.status();
  const std::string page = jili::Page(files, *plan, *walks, *merchants, *drawn, *month, *outreach, *evaluation);
  if (auto status = out.Write("index.html", page); !status.ok()) return status;
  absl::PrintF("\nWritten to %s; open %s in a browser.\n", out.path.string(), out.File("index.html"));
  return absl::OkStatus();
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  if (!arguments.empty() && (arguments.size() != 2 || arguments[0] != "--out")) {
    std::fprintf(stderr, "usage: jili_street [--out DIR]\n");
    return 2;
  }
  const absl::Status status = Run({arguments.empty() ? "out/jili" : arguments[1]});
  if (status.ok()) return 0;
  std::fprintf(stderr, "jili_street: %s\n", std::string(status.message()).c_str());
  return 1;
}
