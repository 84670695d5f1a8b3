/// The names that at least one of the grants and none of the denials matches.
struct PatternSet: Sendable {
    var grants: [PermissionPattern]
    var denials: [PermissionPattern] = []
}
