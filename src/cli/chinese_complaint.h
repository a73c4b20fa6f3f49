// Complaints about input in Chinese, for whoever asked for --lang zh.
#ifndef LIANHU_SRC_CLI_CHINESE_COMPLAINT_H_
#define LIANHU_SRC_CLI_CHINESE_COMPLAINT_H_

#include <string>

#include "absl/strings/string_view.h"

namespace lianhu::cli {

// `complaint` as the rooms below say it, in English, of the forms
//   FILE: row 3, column x: not a number: 'north'
//   FILE: row 3: has 2 fields, the header has 3
//   --option: not a time: 'soon'
//   FILE: no such file
// What is wrong is turned into Chinese where the phrase is known, which those of spreadsheets and options are; rows and
// columns always. Anything else comes back as it is.
std::string ChineseComplaint(absl::string_view complaint);

}  // namespace lianhu::cli

#endif  // LIANHU_SRC_CLI_CHINESE_COMPLAINT_H_
