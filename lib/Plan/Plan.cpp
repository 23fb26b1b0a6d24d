#include "consolidate/Plan.h"
