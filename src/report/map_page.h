// The map page without its data, from map_page.html at build time.
#ifndef LIANHU_SRC_REPORT_MAP_PAGE_H_
#define LIANHU_SRC_REPORT_MAP_PAGE_H_

namespace lianhu::report {

extern const char kMapPage[];

}  // namespace lianhu::report

#endif  // LIANHU_SRC_REPORT_MAP_PAGE_H_
