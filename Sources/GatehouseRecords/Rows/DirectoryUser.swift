public import GatehouseBase

/// A user of the identity provider.
public struct DirectoryUser: Sendable, Hashable {
    /// The id, unique at the issuer; compared by bytes.
    public var id: String
    /// The primary email address.
    public var email: String?
    /// The first name.
    public var firstName: String?
    /// The last name.
    public var lastName: String?
    /// The name that the user chose.
    public var username: String?
    /// An image's address.
    public var imageURL: String?
    /// The time of the user's creation.
    public var created: Timestamp?
    /// The time of the user's last change.
    public var updated: Timestamp?
    /// The metadata that the user may read: a JSON object.
    public var publicMetadata: JSONValue
    /// The user may not sign in.
    public var isBanned: Bool
    /// The user may not sign in until unlocked.
    public var isLocked: Bool
    /// The user's own organization took the account away.
    public var isDeprovisioned: Bool
    /// The time of the password's last change; `nil` if there is none or it is unknown.
    public var passwordChanged: Timestamp?

    /// Makes a user; only the id is required.
    public init(
        _ id: String,
        email: String? = nil,
        firstName: String? = nil,
        lastName: String? = nil,
        username: String? = nil,
        imageURL: String? = nil,
        created: Timestamp? = nil,
        updated: Timestamp? = nil,
        publicMetadata: JSONValue = [:],
        isBanned: Bool = false,
        isLocked: Bool = false,
        isDeprovisioned: Bool = false,
        passwordChanged: Timestamp? = nil
    ) {
        self.id = id
        self.email = email
        self.firstName = firstName
        self.lastName = lastName
        self.username = username
        self.imageURL = imageURL
        self.created = created
        self.updated = updated
        self.publicMetadata = publicMetadata
        self.isBanned = isBanned
        self.isLocked = isLocked
        self.isDeprovisioned = isDeprovisioned
        self.passwordChanged = passwordChanged
    }

    /// True if the user may sign in.
    public var isActive: Bool { !isBanned && !isLocked && !isDeprovisioned }
}

/// An organization of the identity provider.
public struct DirectoryOrganization: Sendable, Hashable {
    /// The id, unique at the issuer; compared by bytes.
    public var id: String
    /// The name for people.
    public var name: String?
    /// The name in URLs.
    public var slug: String?
    /// An image's address.
    public var imageURL: String?
    /// The time of the organization's creation.
    public var created: Timestamp?
    /// The time of the organization's last change.
    public var updated: Timestamp?
    /// The metadata that members may read: a JSON object.
    public var publicMetadata: JSONValue

    /// Makes an organization; only the id is required.
    public init(
        _ id: String,
        name: String? = nil,
        slug: String? = nil,
        imageURL: String? = nil,
        created: Timestamp? = nil,
        updated: Timestamp? = nil,
        publicMetadata: JSONValue = [:]
    ) {
        self.id = id
        self.name = name
        self.slug = slug
        self.imageURL = imageURL
        self.created = created
        self.updated = updated
        self.publicMetadata = publicMetadata
    }
}

/// A membership of the identity provider. A member who leaves and joins again has another membership.
public struct DirectoryMembership: Sendable, Hashable {
    /// The membership's own id, unique at the issuer; compared by bytes.
    public var id: String
    /// The user's id.
    public var user: String
    /// The organization's id.
    public var organization: String
    /// The role.
    public var role: String
    /// The time of the membership's begin.
    public var created: Timestamp?
    /// The time of the membership's last change.
    public var updated: Timestamp?

    /// Makes a membership.
    public init(
        _ id: String,
        user: String,
        organization: String,
        role: String,
        created: Timestamp? = nil,
        updated: Timestamp? = nil
    ) {
        self.id = id
        self.user = user
        self.organization = organization
        self.role = role
        self.created = created
        self.updated = updated
    }
}
