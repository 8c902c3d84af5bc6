/// The primitives for recipes: built in, or added by a host program.
package struct Catalogue: Sendable {
  package let primitives: [Primitive]

  package init(_ primitives: [Primitive]) { self.primitives = primitives }

  /// A catalogue with more primitives. An added primitive replaces an earlier primitive of the same name.
  package func adding(_ others: Primitive...) -> Catalogue {
    let names = Set(others.map(\.name))
    return Catalogue(primitives.filter { !names.contains($0.name) } + others)
  }

  package subscript(name: String) -> Primitive? { primitives.first { $0.name == name } }
}
