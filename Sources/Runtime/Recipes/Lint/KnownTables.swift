import Contract
import Lua

/// The variables of a source that hold a table with known fields: the arguments of `run` or `body`, and results of
/// primitives. Only a name that the whole source gives a single meaning counts.
struct KnownTables {
  private let source: LuaSource
  private var shapes: [String: LuaShape] = [:]
  /// How often the source binds or assigns each name.
  private var meanings: [String: Int] = [:]

  /// - Parameters:
  ///   - arguments: the shapes of the arguments of `run` or `body`, in order.
  ///   - catalogue: the primitives with their results.
  init(_ source: LuaSource, _ calls: [StaticCall], arguments: [LuaShape?], catalogue: Catalogue) {
    self.source = source
    var open: [String] = []
    for place in source.tokens.indices {
      count(place, isInTable: open.last == "{")
      if let partner = source.partners[place] {
        if partner > place { open.append(source.text(place)) } else { open.removeLast() }
      }
      takeFunction(place, arguments)
    }
    for call in calls where call.isCertain {
      guard let shape = catalogue[call.name].flatMap(LuaShape.result), let name = variable(of: call) else { continue }
      shapes[name] = shape
    }
  }

  /// The reads of fields that their tables cannot have.
  var mistakes: [(line: Int, message: String)] {
    source.tokens.indices.compactMap { place in
      let name = source.text(place)
      guard let shape = shapes[name], meanings[name] == 1, ![".", ":"].contains(source.text(place - 1)),
        source.text(place + 1) == ".", source.tokens.indices.contains(place + 2),
        source.tokens[place + 2].isIdentifier,
        let message = shape.refusal(of: source.text(place + 2))
      else { return nil }
      return (source.lines[place], message)
    }
  }

  private mutating func count(_ place: Int, isInTable: Bool) {
    switch source.text(place) {
    case "local", "for":
      for name in names(from: source.text(place + 1) == "function" ? place + 2 : place + 1) { add(name) }
    case "function":
      let start = (place + 1..<source.tokens.count).first { source.text($0) == "(" }
      for name in start.map({ names(from: $0 + 1) }) ?? [] { add(name) }
    case "=" where !isInTable && source.text(place + 1) != "=" && source.text(place - 1) != "=":
      var name = place - 1
      while source.tokens.indices.contains(name), source.tokens[name].isIdentifier {
        // A declaration counts where it begins.
        if ["local", "for"].contains(source.text(name - 1)) { return }
        if source.text(name - 1) != "." { add(source.text(name)) }
        guard source.text(name - 1) == "," else { return }
        name -= 2
      }
    default: break
    }
  }

  private mutating func add(_ name: String) { meanings[name, default: 0] += 1 }

  /// The names of a list such as `a, b, c`.
  private func names(from start: Int) -> [String] {
    var (place, names) = (start, [String]())
    while source.tokens.indices.contains(place), source.tokens[place].isIdentifier {
      names.append(source.text(place))
      guard source.text(place + 1) == "," else { break }
      place += 2
    }
    return names
  }

  private mutating func takeFunction(_ place: Int, _ arguments: [LuaShape?]) {
    guard source.text(place) == "function", source.text(place - 1) == "=", source.text(place + 1) == "(",
      ["run", "body"].contains(source.text(place - 2))
    else { return }
    for (name, shape) in zip(names(from: place + 2), arguments) { shapes[name] = shape }
  }

  /// The name in `local name = host:primitive { … }`, where the call is the whole value.
  private func variable(of call: StaticCall) -> String? {
    let next = source.text(call.places.upperBound)
    guard call.places.upperBound == source.tokens.count || next == ";" || next.first?.isLetter == true,
      next != "and", next != "or"
    else { return nil }
    var start = call.places.lowerBound
    if call.isMethod {
      start -= 2
      while let first = source.partners[start] ?? (source.text(start - 1) == "." ? start - 2 : nil) {
        start = source.text(start) == "]" ? first - 1 : first
      }
    }
    guard source.text(start - 1) == "=", source.text(start - 3) == "local" else { return nil }
    return source.text(start - 2)
  }
}
