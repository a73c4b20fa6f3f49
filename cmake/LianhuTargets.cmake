# One function a kind of target, so that every room is built with the same flags.

add_library(lianhu_flags INTERFACE)
target_compile_features(lianhu_flags INTERFACE cxx_std_20 c_std_99)
target_compile_options(lianhu_flags INTERFACE
  # Costs are exact integers that must not depend on the instruction set: no fused multiply-add.
  -ffp-contract=off
  -Wall -Wextra -Wpedantic -Wshadow -Wundef
  $<$<COMPILE_LANGUAGE:CXX>:-Wnon-virtual-dtor -Woverloaded-virtual>)
if(LIANHU_WERROR)
  target_compile_options(lianhu_flags INTERFACE -Werror)
endif()
if(LIANHU_SANITIZE)
  target_compile_options(lianhu_flags INTERFACE
    -fsanitize=${LIANHU_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(lianhu_flags INTERFACE -fsanitize=${LIANHU_SANITIZE})
endif()
if(LIANHU_BUILD_FUZZERS)
  # Coverage counters in every room, for libFuzzer to steer by.
  target_compile_options(lianhu_flags INTERFACE -fsanitize=fuzzer-no-link)
  target_link_options(lianhu_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()

# lianhu_add_room(<room> SOURCES <file>... [DEPS <target>...] [PRIVATE_DEPS <target>...])
# A static, position-independent library lianhu_<room>, exported as lianhu::<room>.
function(lianhu_add_room room)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS;PRIVATE_DEPS" ${ARGN})
  set(target lianhu_${room})
  add_library(${target} STATIC ${ARG_SOURCES})
  add_library(lianhu::${room} ALIAS ${target})
  set_target_properties(${target} PROPERTIES
    EXPORT_NAME ${room}
    POSITION_INDEPENDENT_CODE ON
    CXX_EXTENSIONS OFF
    CXX_VISIBILITY_PRESET hidden
    VISIBILITY_INLINES_HIDDEN ON)
  target_compile_features(${target} PUBLIC cxx_std_20)
  target_include_directories(${target}
    PUBLIC $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>
    PRIVATE ${PROJECT_SOURCE_DIR}/src)
  target_link_libraries(${target} PUBLIC ${ARG_DEPS} PRIVATE $<BUILD_INTERFACE:lianhu_flags> ${ARG_PRIVATE_DEPS})
  install(TARGETS ${target} EXPORT lianhu-targets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
endfunction()

# lianhu_add_test(<name> SOURCES <file>... [DEPS <target>...])
# A GoogleTest program registered with ctest as <name>; LIANHU_DATA tells it where the shared data is.
function(lianhu_add_test name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  set_target_properties(${name} PROPERTIES CXX_EXTENSIONS OFF RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests)
  # The rooms are what must be fast; tests are compiled more often than they run, and most of that is GoogleTest's headers.
  set_target_properties(${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 8)
  target_compile_options(${name} PRIVATE $<$<CONFIG:Release>:-O1>)
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/src ${PROJECT_SOURCE_DIR}/tests)
  target_link_libraries(${name} PRIVATE ${ARG_DEPS} lianhu_flags GTest::gtest GTest::gmock GTest::gtest_main)
  add_test(NAME ${name} COMMAND ${name} WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  set_tests_properties(${name} PROPERTIES TIMEOUT 600)
endfunction()

# lianhu_add_pytest(<name> <file> [LABELS <label>...])
# A file of pytest, run by Debian's Python with the binding of the build tree; LIANHU_BIN is where the programs are.
function(lianhu_add_pytest name file)
  cmake_parse_arguments(ARG "" "" "LABELS" ${ARGN})
  add_test(NAME ${name} COMMAND ${DEBIAN_PYTHON} -m pytest -q -p no:cacheprovider ${CMAKE_CURRENT_SOURCE_DIR}/${file})
  set(environment
    PYTHONDONTWRITEBYTECODE=1
    PYTHONHASHSEED=0  # the order of sets of strings: the same in every run
    "PYTHONPATH=${PROJECT_SOURCE_DIR}/bindings/python:${PROJECT_SOURCE_DIR}/tests/data"
    "LIANHU_LIBRARY=$<TARGET_FILE:lianhu_capi>"
    "LIANHU_BIN=$<TARGET_FILE_DIR:lianhu>")
  set_tests_properties(${name} PROPERTIES
    LABELS "python;${ARG_LABELS}" TIMEOUT 600 ENVIRONMENT "${environment}" WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
endfunction()

# lianhu_add_benchmark(<name> SOURCES <file>... [DEPS <target>...]): a Google Benchmark program in bin/.
function(lianhu_add_benchmark name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  set_target_properties(${name} PROPERTIES CXX_EXTENSIONS OFF RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/benchmarks)
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/src ${PROJECT_SOURCE_DIR}/tests)
  target_link_libraries(${name} PRIVATE ${ARG_DEPS} lianhu_flags benchmark::benchmark)
endfunction()
