#include "cli/application.hh"

int main(int argc, char** argv) { return depeche::cli::run(argc, argv); }
