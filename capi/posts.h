#ifndef LIANHU_CAPI_POSTS_H_
#define LIANHU_CAPI_POSTS_H_

#include <memory>

#include "lianhu.h"
#include "lianhu/hierarchy/posts.h"

struct lianhu_posts {
  std::shared_ptr<const lianhu::Hierarchy> tree;
  lianhu::Posts posts;
};

#endif  // LIANHU_CAPI_POSTS_H_
