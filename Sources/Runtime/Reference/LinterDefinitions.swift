import Contract

/// The globals of a recipe for linters, without `io`, `os`, `debug` and `package`.
package enum LinterDefinitions {
  /// For luacheck (luacheck.readthedocs.io/en/stable/config.html).
  package static func luacheck(_ primitives: [Primitive]) -> String {
    """
    -- THIS FILE IS GENERATED from the declarations of the primitives. DO NOT EDIT; `make reference` writes it.
    stds.recipe = {
      read_globals = {
    \(globals(primitives).map { "    \"\($0)\"," }.joined(separator: "\n"))
        here = { other_fields = true },
      },
    }
    std = "lua54+recipe"
    not_globals = { "io", "os", "debug", "package", "dofile", "loadfile" }

    """
  }

  /// For selene (kampfkarren.github.io/selene/usage/std.html).
  package static func selene(_ primitives: [Primitive]) -> String {
    var text = """
      # THIS FILE IS GENERATED from the declarations of the primitives. DO NOT EDIT; `make reference` writes it.
      base: lua54
      name: ssh-recipes
      globals:
        here.*:
          any: true

      """
    for name in globals(primitives) {
      text += "  \(name):\n    args:\n      - type: \"...\"\n        required: false\n"
    }
    for name in ["io", "os", "debug", "package", "dofile", "loadfile"] { text += "  \(name):\n    removed: true\n" }
    return text
  }

  private static func globals(_ primitives: [Primitive]) -> [String] {
    ["recipe"] + primitives.filter { $0.scope == .recipe }.map(\.name).sorted()
  }
}
