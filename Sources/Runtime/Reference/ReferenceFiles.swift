import Contract

/// The committed files generated from the catalogue.
package enum ReferenceFiles {
  /// Paths below `docs/`, with their content.
  package static func all(_ primitives: [Primitive]) -> [(path: String, text: String)] {
    [
      ("reference.md", ReferencePage.markdown(primitives)),
      ("editor/ssh-recipes.d.lua", EditorStubs.text(primitives)),
      ("editor/luacheckrc", LinterDefinitions.luacheck(primitives)),
      ("editor/selene-ssh-recipes.yml", LinterDefinitions.selene(primitives)),
    ]
  }
}
