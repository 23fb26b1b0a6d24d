#include "consolidate/Rules.h"
