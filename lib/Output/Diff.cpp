#include "consolidate/Output.h"
