// Improves links and forms that work without it.
'use strict';
