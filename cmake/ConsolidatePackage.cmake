# `cmake --install` and a .deb by CPack. Filled as programs appear.
include(GNUInstallDirs)
