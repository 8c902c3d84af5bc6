import Contract
import Diagnosis
import Hosts
import Values

/// Values kept by a recipe's calls outside Lua's memory, with a separate limit.
extension Run {
  /// In bytes: the arguments of all calls in progress, and the results that a `parallel` has so far.
  static let mostHeld = 256 << 20
  /// A branch takes some kilobytes, even of an empty function.
  static let mostBranches = 10_000
  /// Of a branch's label, in characters.
  static let longestLabel = 100

  /// Counts the bytes that a call keeps until ``release(_:)``.
  func hold(_ bytes: Int) throws(Failure) {
    let isTooMuch = state.update { values in
      if values.held + bytes > Self.mostHeld { return true }
      values.held += bytes
      return false
    }
    guard isTooMuch else { return }
    throw Failure(
      .limit, "the recipe's calls hold more than \(Self.mostHeld >> 20) MB at a time",
      fix: ["pass less to each call, or give fewer items to `parallel`"])
  }

  func release(_ bytes: Int) { state.update { $0.held -= bytes } }

  func newBranch(of parent: Int, label: String?) throws(Failure) -> Int {
    let isTooMany = state.update { values in
      values.branches += 1
      return values.branches > Self.mostBranches
    }
    guard !isTooMany else {
      state.update { $0.branches -= 1 }
      throw Failure(
        .limit, "more than \(Self.mostBranches) branches of `parallel` at a time",
        fix: ["give fewer items to `parallel`"])
    }
    let branch = numbers.branch()
    state.update {
      $0.parents[branch] = parent
      $0.labels[branch] = label
    }
    sink.receive(.branch(branch, of: parent, label: label))
    return branch
  }

  func endBranch(_ branch: Int) {
    state.update { values in
      values.branches -= 1
      values.parents[branch] = nil
      values.steps[branch] = nil
      values.labels[branch] = nil
    }
  }

  func label(of value: LuaValue) -> String? {
    switch value {
    case .object(let object) where readers.indices.contains(object.id): readers[object.id].host.name
    case .string:
      value.text.map { text in
        let label = String(text.prefix(Self.longestLabel))
        return label.utf8.count < text.utf8.count ? label + "…" : label
      }
    default: nil
    }
  }
}
