#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Compares names of hosts and groups with a shell pattern, or with a regular expression after `~`.
struct NameMatcher {
  private enum Kind {
    case name(String)
    case glob(String)
    case expression(Regex<AnyRegexOutput>)
  }

  private let kind: Kind

  /// Whether the pattern may match several names.
  let isPattern: Bool

  /// - Throws: ``InventoryError/Problem/badPattern(_:_:)``.
  init(_ pattern: String) throws(InventoryError.Problem) {
    if pattern.first == "~" {
      do { kind = .expression(try Regex(String(pattern.dropFirst()))) } catch {
        throw .badPattern(pattern, "this is no regular expression")
      }
      isPattern = true
    } else {
      isPattern = pattern.contains { ".?*[".contains($0) }
      kind = pattern.contains { "?*[".contains($0) } ? .glob(pattern) : .name(pattern)
    }
  }

  func matches(_ name: String) -> Bool {
    switch kind {
    case .name(let own): name == own
    case .glob(let pattern): fnmatch(pattern, name, FNM_NOESCAPE) == 0
    // As Python's re.match: from the start, not to the end.
    case .expression(let expression): name.prefixMatch(of: expression) != nil
    }
  }
}
