#pragma once
namespace app {
struct Reg {}; struct Bri {};
struct Old { Old(Reg &, Bri &); int go(); };
struct New { New(Bri &, Reg &, int); int go(); };
}
namespace other { struct Old { Old(app::Reg&, app::Bri&); int go(); }; }
