import GatehouseBase

extension DirectoryUser: StoredObject {
    package static let kind = DirectoryKind.user
    package static let ownColumns = [
        "email", "first_name", "last_name", "username", "image_url", "created_at", "updated_at", "public_metadata",
        "is_banned", "is_locked", "is_deprovisioned", "password_changed",
    ]

    package static func ownValues(of user: Self?) -> [StoredValue] {
        [
            .text(user?.email), .text(user?.firstName), .text(user?.lastName), .text(user?.username),
            .text(user?.imageURL), .integer(user?.created?.milliseconds), .integer(user?.updated?.milliseconds),
            .text(user?.publicMetadata.description), .bool(user?.isBanned ?? false), .bool(user?.isLocked ?? false),
            .bool(user?.isDeprovisioned ?? false), .integer(user?.passwordChanged?.milliseconds),
        ]
    }

    package init(_ row: some StoredRow) throws {
        self.init(
            try row.name(0),
            email: try row.name(ifAny: 5),
            firstName: try row.name(ifAny: 6),
            lastName: try row.name(ifAny: 7),
            username: try row.name(ifAny: 8),
            imageURL: try row.name(ifAny: 9),
            created: try row.time(ifAny: 10),
            updated: try row.time(ifAny: 11),
            publicMetadata: try row.json(12),
            isBanned: try row.bool(13),
            isLocked: try row.bool(14),
            isDeprovisioned: try row.bool(15),
            passwordChanged: try row.time(ifAny: 16)
        )
    }
}

extension DirectoryOrganization: StoredObject {
    package static let kind = DirectoryKind.organization
    package static let ownColumns = ["name", "slug", "image_url", "created_at", "updated_at", "public_metadata"]

    package static func ownValues(of organization: Self?) -> [StoredValue] {
        [
            .text(organization?.name), .text(organization?.slug), .text(organization?.imageURL),
            .integer(organization?.created?.milliseconds), .integer(organization?.updated?.milliseconds),
            .text(organization?.publicMetadata.description),
        ]
    }

    package init(_ row: some StoredRow) throws {
        self.init(
            try row.name(0),
            name: try row.name(ifAny: 5),
            slug: try row.name(ifAny: 6),
            imageURL: try row.name(ifAny: 7),
            created: try row.time(ifAny: 8),
            updated: try row.time(ifAny: 9),
            publicMetadata: try row.json(10)
        )
    }
}

extension DirectoryMembership: StoredObject {
    package static let kind = DirectoryKind.membership
    package static let ownColumns = ["user", "organization", "role", "created_at", "updated_at"]

    package static func ownValues(of membership: Self?) -> [StoredValue] {
        [
            .text(membership?.user), .text(membership?.organization), .text(membership?.role),
            .integer(membership?.created?.milliseconds), .integer(membership?.updated?.milliseconds),
        ]
    }

    package init(_ row: some StoredRow) throws {
        self.init(
            try row.name(0),
            user: try row.name(5),
            organization: try row.name(6),
            role: try row.name(7),
            created: try row.time(ifAny: 8),
            updated: try row.time(ifAny: 9)
        )
    }
}
