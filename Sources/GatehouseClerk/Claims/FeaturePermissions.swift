/// The permissions that version 2 of the claims packs into three lists: features in `fea`, names in `o.per`, and one
/// number a feature in `o.fpm`, whose bit j, counted from the least significant, stands for the name j.
///
/// The order is that of the features, then that of the bits (`@clerk/shared`, jwtPayloadParser.ts).
struct FeaturePermissions {
    let names: [String]

    /// Reads the claim `o`. A mask that is no number, a missing mask, a bit without a name and a feature or name without
    /// a text give nothing; a feature without a scope gives nothing for all.
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
    /// Clerk's JavaScript SDK counts masks over the organization's features, its other SDKs over all entries. Both agree
    /// unless a user's feature is among the entries; then the number of masks tells in which way the token was written.
    private static func pairs(_ features: ScopedList, _ masks: [String]) -> [(ScopedEntry, String)] {
        let ofOrganization = features.entries.filter(\.isOfOrganization)
        if masks.count == features.entries.count, masks.count != ofOrganization.count {
            return zip(features.entries, masks).filter(\.0.isOfOrganization)
        }
        return Array(zip(ofOrganization, masks))
    }
}
