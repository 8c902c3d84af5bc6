/// The primitives for recipes: built in, or added by a host program.
public struct Catalogue: Sendable {
  public let primitives: [Primitive]

  public init(_ primitives: [Primitive]) { self.primitives = primitives }

  /// A catalogue with more primitives. An added primitive replaces an earlier primitive of the same name.
  public func adding(_ others: Primitive...) -> Catalogue {
    let names = Set(others.map(\.name))
    return Catalogue(primitives.filter { !names.contains($0.name) } + others)
  }

  public subscript(name: String) -> Primitive? { primitives.first { $0.name == name } }
}
