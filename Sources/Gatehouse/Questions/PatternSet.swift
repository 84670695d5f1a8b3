/// The names that one of the grants matches and none of the denials.
struct PatternSet: Sendable {
    var grants: [PermissionPattern]
    var denials: [PermissionPattern] = []
}
