// The page of drawn parts without its data, from parts_page.html at build time.
#ifndef LIANHU_SRC_REPORT_PARTS_PAGE_H_
#define LIANHU_SRC_REPORT_PARTS_PAGE_H_

namespace lianhu::report {

extern const char kPartsPage[];

}  // namespace lianhu::report

#endif  // LIANHU_SRC_REPORT_PARTS_PAGE_H_
