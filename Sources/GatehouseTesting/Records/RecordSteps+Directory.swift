import Gatehouse
import GatehouseBase
import GatehouseRecords

extension RecordSteps {
    mutating func directoryStep() -> RecordStep {
        let (issuer, id, version, isDeleted) = (issuer(), id(), version(), number(0...4) == 0)
        let (user, organization, limit) = (optionalName(), optionalName(), number(1...4))
        switch number(0...5) {
        case 0:
            let value = DirectoryUser(
                id,
                email: optionalName(),
                firstName: optionalName(),
                created: number(0...1) == 0 ? nil : instant(),
                publicMetadata: pick([[:], ["a": ["b": [1, nil, "\0é"]]], ["n": "x"]]),
                isBanned: number(0...3) == 0,
                isLocked: number(0...3) == 0,
                passwordChanged: number(0...1) == 0 ? nil : instant()
            )
            return RecordStep("user \(id)") { rows in
                let held = try rows.user(id, issuer: issuer)
                try rows.setUser(DirectoryEntry(isDeleted ? nil : value, version: version), id: id, issuer: issuer)
                return "\(String(describing: held))"
            }
        case 1:
            let value = DirectoryOrganization(id, name: optionalName(), slug: optionalName(), updated: instant())
            return RecordStep("organization \(id)") { rows in
                let held = try rows.organization(id, issuer: issuer)
                let entry = DirectoryEntry(isDeleted ? nil : value, version: version)
                try rows.setOrganization(entry, id: id, issuer: issuer)
                return "\(String(describing: held))"
            }
        case 2:
            let value = DirectoryMembership(
                id,
                user: user ?? "u",
                organization: organization ?? "o",
                role: name(),
                created: instant()
            )
            return RecordStep("membership \(id)") { rows in
                let held = try rows.membership(id, issuer: issuer)
                let entry = DirectoryEntry(isDeleted ? nil : value, version: version)
                try rows.setMembership(entry, id: id, issuer: issuer)
                return "\(String(describing: held))"
            }
        case 3:
            let after = optionalName()
            return RecordStep("list directory", isRead: true) { rows in
                let users = try rows.users(issuer: issuer, after: after, limit: limit)
                let organizations = try rows.organizations(issuer: issuer, after: after, limit: limit)
                return "\(users) \(organizations) \(try rows.directoryIssuers())"
            }
        case 4:
            let told = Int64(number(0...60))
            return RecordStep("list objects", isRead: true) { rows in
                try DirectoryKind.allCases.map { kind in
                    "\(try rows.objects(kind, issuer: issuer, toldBefore: told, after: nil, limit: limit))"
                }
                .joined(separator: " ")
            }
        default:
            return RecordStep("list memberships", isRead: true) { rows in
                let found = try rows.memberships(
                    issuer: issuer,
                    user: user,
                    organization: organization,
                    after: nil,
                    limit: limit
                )
                return "\(found)"
            }
        }
    }

    /// Returns a step that applies a random change by the rules of the directory.
    mutating func changeStep() -> RecordStep {
        let (now, version, issuer) = (instant(), version(), issuer())
        let (user, organization) = (pick(["u1", "u2"]), pick(["o1", "o2"]))
        let membership = DirectoryMembership(
            pick(["m1", "m2", "m3"]),
            user: user,
            organization: organization,
            role: pick(["admin", "member"]),
            created: now
        )
        let change: DirectoryChange =
            switch number(0...6) {
            case 0, 1: .membership(membership, version)
            case 2: .membershipDeleted(membership, version)
            case 3: .userDeleted(user, version)
            case 4: .organizationDeleted(organization, version)
            case 5: .sessionEnded("s", version)
            default: .user(DirectoryUser(user, isBanned: number(0...1) == 0), version)
            }
        return RecordStep("\(change)") { rows in
            "\(try rows.apply(change, DirectoryRules(issuer: issuer), now: now).map(\.invalidation))"
        }
    }
}
