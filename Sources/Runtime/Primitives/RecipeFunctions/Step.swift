import Contract
import Values

extension Primitive {
  static let step = Primitive(
    "step", "Marks where the recipe is; progress, plan and report show it.", scope: .recipe, needs: nil,
    Parameter<String>("title", "What the next lines do, as a guide would say it."),
    example: #"step "Copy the public key to the Pi""#
  ) { context, title in
    try context.services.count(title)
    context.services.step(title, branch: context.branch, position: context.position)
    return .plain(.nil)
  }
}
