import Values

/// A call of a primitive as a source shows it.
struct StaticCall {
  var name: String
  var line: Int
  /// The tokens from the name to the end of the arguments.
  var places: Range<Int>
  /// The arguments, with ``LuaSource/unknown`` in place of values that only a run knows.
  var arguments: [LuaValue]
  /// Whether a run may pass more arguments.
  var isOpen: Bool
  /// Whether the call is of a host's method.
  var isMethod: Bool
  /// Whether the call is of a host for sure.
  var isCertain: Bool
}

extension LuaSource {
  /// All calls of hosts' methods, and of functions by these names.
  ///
  /// - Parameter functions: the names of the recipe functions.
  func calls(functions: Set<String>) -> [StaticCall] {
    let names = HostNames(in: self)
    let defined = definedMethods
    return tokens.indices.compactMap { place in
      guard tokens[place].isIdentifier, let given = arguments(place + 1) else { return nil }
      let name = text(place)
      var call = StaticCall(
        name: name, line: lines[place], places: place..<given.end, arguments: given.values, isOpen: given.isOpen,
        isMethod: true, isCertain: true)
      if text(place - 1) == ":", text(place - 2) != ":" {
        switch names.kind(before: place - 1) {
        case .host: return call
        case .perhaps:
          call.isCertain = false
          return defined.contains(name) ? nil : call
        case .other: return nil
        }
      }
      let isPlain = ![".", ":", "function"].contains(text(place - 1))
      guard isPlain, functions.contains(name), !names.isBound(name), !defined.contains(name) else { return nil }
      call.isMethod = false
      return call
    }
  }

  /// The names of the modules that the source requires by a literal name, in order.
  var modules: [String] {
    tokens.indices.compactMap { place in
      guard text(place) == "require", ![".", ":"].contains(text(place - 1)) else { return nil }
      let name = text(place + 1) == "(" ? place + 2 : place + 1
      guard tokens.indices.contains(name), case .string(let bytes) = tokens[name] else { return nil }
      return String(decoding: bytes, as: UTF8.self)
    }
  }

  /// The names that the source defines as `function a.name`, `function a:name`, `function name` or
  /// `a.name = function`.
  private var definedMethods: Set<String> {
    var names: Set<String> = []
    for place in tokens.indices where text(place) == "function" {
      var name = place + 1
      while [".", ":"].contains(text(name + 1)) { name += 2 }
      if text(place + 1) != "(" { names.insert(text(name)) }
      if text(place - 1) == "=", text(place - 3) == "." { names.insert(text(place - 2)) }
    }
    return names
  }

  /// The arguments that begin at a place: `{ … }`, a string, or `( … )`.
  private func arguments(_ place: Int) -> (values: [LuaValue], isOpen: Bool, end: Int)? {
    guard tokens.indices.contains(place) else { return nil }
    if case .string(let bytes) = tokens[place] { return ([.string(bytes)], false, place + 1) }
    guard let end = partners[place], end > place else { return nil }
    switch text(place) {
    case "{":
      let (values, isOpen) = table(place)
      return (values, isOpen, end + 1)
    case "(":
      let parts = parts(place + 1..<end)
      var values = parts.map { value($0) }
      var isOpen = false
      if let last = parts.last {
        if text(last.lowerBound) == "{", partners[last.lowerBound] == last.upperBound - 1 {
          let (table, isMore) = table(last.lowerBound)
          values = values.dropLast() + table
          isOpen = isMore
        } else {
          // A variable may be a table of named arguments.
          isOpen = values.last == Self.unknown
        }
      }
      return (values, isOpen, end + 1)
    default: return nil
    }
  }

  private func table(_ place: Int) -> (values: [LuaValue], isOpen: Bool) {
    let (table, isOpen) = table(place + 1..<(partners[place] ?? place + 1))
    return ([.table(table)], isOpen)
  }
}
