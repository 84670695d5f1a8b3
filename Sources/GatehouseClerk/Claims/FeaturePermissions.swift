/// The permissions that version 2 of the claims packs into three lists: the features in `fea`, the names in `o.per`, and one number for
/// each feature in `o.fpm`. Bit j of the number, counted from the least significant, stands for name j.
///
/// The order is the order of the features, and then the order of the bits (`@clerk/shared`, jwtPayloadParser.ts).
struct FeaturePermissions {
    let names: [String]

    /// Reads the claim `o`. No permission comes from a mask that is not a number, a missing mask, a bit without a name, and a feature or
    /// name without a text. A feature without a scope means that there are no permissions.
    init(_ organization: JSONNode, features: ScopedList) {
        guard features.isWellFormed,
            let permissions = organization.member("per")?.string, !permissions.isEmpty,
            let masks = organization.member("fpm")?.string, !masks.isEmpty
        else {
            names = []
            return
        }
        let permissionNames = permissions.commaSeparated
        var names: [String] = []
        for (feature, mask) in Self.pairs(features, masks.commaSeparated) where !feature.name.isEmpty {
            guard let mask = BitMask(decimal: mask, width: permissionNames.count) else { continue }
            let prefix = "org:\(feature.name):"
            for (bit, name) in permissionNames.enumerated() where mask.contains(bit) && !name.isEmpty {
                names.append(prefix + name)
            }
        }
        self.names = names
    }

    /// Returns the organization's features, each with its mask.
    ///
    /// Clerk's JavaScript SDK counts masks over the organization's features, and its other SDKs count over all entries. Both agree unless a
    /// user's feature is among the entries. In that case the number of masks shows the way in which the token was written.
    private static func pairs(_ features: ScopedList, _ masks: [String]) -> [(ScopedEntry, String)] {
        let ofOrganization = features.entries.filter(\.isOfOrganization)
        if masks.count == features.entries.count, masks.count != ofOrganization.count {
            return zip(features.entries, masks).filter(\.0.isOfOrganization)
        }
        return Array(zip(ofOrganization, masks))
    }
}
