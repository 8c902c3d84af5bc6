/// Acts that `undo` cannot reverse, each as `HOST: ACT`. The same act on several hosts is one line.
enum Irrevocable {
  static func lines(_ acts: [String]) -> [String] {
    var order: [String] = []
    var members: [String: [String]] = [:]
    for act in acts {
      let what = act.firstRange(of: ": ").map { String(act[$0.upperBound...]) } ?? act
      if members[what] == nil { order.append(what) }
      members[what, default: []].append(act)
    }
    return order.flatMap { what -> [String] in
      let all = members[what] ?? []
      return all.count > 2 ? ["\(what) (on \(all.count) hosts)"] : all
    }
  }
}
