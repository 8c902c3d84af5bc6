/// The primitives that recipes have: the built-in ones, and those that a host program adds.
package struct Catalogue: Sendable {
  package let primitives: [Primitive]

  package init(_ primitives: [Primitive]) { self.primitives = primitives }

  /// The same with more primitives; one with the name of an earlier one replaces it.
  package func adding(_ others: Primitive...) -> Catalogue {
    let names = Set(others.map(\.name))
    return Catalogue(primitives.filter { !names.contains($0.name) } + others)
  }

  package subscript(name: String) -> Primitive? { primitives.first { $0.name == name } }
}
