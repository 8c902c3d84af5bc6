/// The names in a recipe's source that stand for hosts.
struct HostNames {
  enum Kind {
    case host
    /// An argument of a function, or a variable of a loop.
    case perhaps
    case other
  }

  private let source: LuaSource
  /// The argument of `run`, with the recipe's roles as fields.
  private var roles: String?
  private var kinds: [String: Kind] = [:]

  init(in source: LuaSource) {
    self.source = source
    for place in source.tokens.indices where source.text(place) == "function" {
      if source.text(place - 2) == "run", source.text(place - 1) == "=", source.text(place + 1) == "(" {
        roles = source.text(place + 2)
      }
    }
    for place in source.tokens.indices { take(place) }
  }

  private mutating func take(_ place: Int) {
    switch source.text(place) {
    case "function":
      var start = place + 1
      while start < source.tokens.count, source.text(start) != "(" { start += 1 }
      guard let end = source.partners[start] else { return }
      // A primitive's body gets the host first.
      let isBody = source.text(place - 2) == "body" && source.text(place - 1) == "="
      for name in start..<end where source.tokens[name].isIdentifier {
        bind(source.text(name), isBody && name == start + 1 ? .host : .perhaps)
      }
    case "for":
      var name = place + 1
      while source.text(name) != "in", source.text(name) != "=", name < source.tokens.count {
        if source.tokens[name].isIdentifier { bind(source.text(name), .perhaps) }
        name += 1
      }
    case "local": takeLocal(place + 1)
    default: break
    }
  }

  private mutating func takeLocal(_ place: Int) {
    var (place, names) = (place, [String]())
    while place < source.tokens.count, source.tokens[place].isIdentifier {
      names.append(source.text(place))
      place += 1
      guard source.text(place) == "," else { break }
      place += 1
    }
    var values: [Kind] = []
    if source.text(place) == "=" {
      repeat {
        guard let end = chainEnd(place + 1) else { break }
        values.append(kind(before: end) == .host ? .host : .other)
        place = end
      } while source.text(place) == ","
    }
    for (index, name) in names.enumerated() { bind(name, index < values.count ? values[index] : .other) }
  }

  /// The end of `a.b.c` or `a["b"]` if the expression ends there.
  private func chainEnd(_ start: Int) -> Int? {
    guard source.tokens.indices.contains(start), source.tokens[start].isIdentifier else { return nil }
    var place = start + 1
    while place < source.tokens.count {
      if source.text(place) == ".", source.text(place + 1) != "." {
        place += 2
      } else if source.text(place) == "[", let end = source.partners[place] {
        place = end + 1
      } else {
        break
      }
    }
    guard place < source.tokens.count else { return place }
    if source.text(place) == "," || source.text(place) == ";" { return place }
    if case .name(let next) = source.tokens[place], next != "and", next != "or" { return place }
    return nil
  }

  private mutating func bind(_ name: String, _ kind: Kind) {
    guard name != roles else { return }
    let known = kinds[name]
    kinds[name] = known == nil || known == kind ? kind : .perhaps
  }

  /// The kind of the expression that ends before a place, as the `hosts.pi` of `hosts.pi:run`.
  func kind(before end: Int) -> Kind {
    var (place, steps) = (end - 1, 0)
    while place >= 0 {
      if source.text(place) == "]", let start = source.partners[place] {
        place = start - 1
        steps += 1
        continue
      }
      guard source.tokens[place].isIdentifier else { return .other }
      if source.text(place - 1) == ".", source.text(place - 2) != "." {
        place -= 2
        steps += 1
        continue
      }
      break
    }
    guard place >= 0, source.text(place - 1) != ":" else { return .other }
    let name = source.text(place)
    if name == roles { return steps == 1 ? .host : steps == 2 ? .perhaps : .other }
    guard steps == 0 else { return .other }
    return kinds[name] ?? (name == "here" ? .host : .other)
  }

  /// Whether the source gives the name another meaning.
  func isBound(_ name: String) -> Bool { kinds[name] != nil }
}
