# What `cmake --install` leaves besides each room's own target: headers, the CMake package and the pkg-config file.
include(CMakePackageConfigHelpers)

install(DIRECTORY include/lianhu DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
# Routing tables and holiday lists for a town to copy and edit.
install(DIRECTORY data/routing data/calendar DESTINATION ${CMAKE_INSTALL_DATADIR}/lianhu)
install(EXPORT lianhu-targets NAMESPACE lianhu:: DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/lianhu)
configure_package_config_file(cmake/lianhu-config.cmake.in "${PROJECT_BINARY_DIR}/lianhu-config.cmake"
  INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/lianhu)
write_basic_package_version_file("${PROJECT_BINARY_DIR}/lianhu-config-version.cmake" COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/lianhu-config.cmake" "${PROJECT_BINARY_DIR}/lianhu-config-version.cmake"
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/lianhu)
# Relative, so that the package works under whatever prefix it is installed.
file(RELATIVE_PATH LIANHU_PREFIX_FROM_PKGCONFIG "/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/")
string(REGEX REPLACE "/$" "" LIANHU_PREFIX_FROM_PKGCONFIG "${LIANHU_PREFIX_FROM_PKGCONFIG}")
configure_file(cmake/lianhu.pc.in "${PROJECT_BINARY_DIR}/lianhu.pc" @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/lianhu.pc" DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
