# depeche_allocator(TARGET): the program's memory comes from mimalloc. Indexing makes hundreds of small allocations an
# article, most of them within Xapian: a seventh of the time is saved. Sanitizers bring an allocator of their own.
find_package(mimalloc 2.0 REQUIRED)
function(depeche_allocator target)
  if(NOT CMAKE_CXX_FLAGS MATCHES "-fsanitize")
    target_link_libraries(${target} PRIVATE mimalloc)
  endif()
endfunction()
