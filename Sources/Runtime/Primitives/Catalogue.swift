/// All primitives, one line each.
public enum Catalogue {
  public static let primitives: [Primitive] = [
    .chmod
  ]

  public static subscript(name: String) -> Primitive? { primitives.first { $0.name == name } }
}
