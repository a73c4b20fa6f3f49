// The text of the files in data/routing.
#ifndef LIANHU_SRC_IO_DEFAULT_TABLES_H_
#define LIANHU_SRC_IO_DEFAULT_TABLES_H_

namespace lianhu::io {

extern const char kDefaultCategories[];
extern const char kDefaultWords[];
extern const char kDefaultT1[];
extern const char kDefaultT2[];
extern const char kDefaultT3[];

}  // namespace lianhu::io

#endif  // LIANHU_SRC_IO_DEFAULT_TABLES_H_
