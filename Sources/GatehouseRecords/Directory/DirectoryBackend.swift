import GatehouseBase

/// The API of an identity provider, which lists the objects that the directory copies.
///
/// An implementation gives each request a deadline, and waits if the provider reports too many requests.
public protocol DirectoryBackend: Sendable {
    /// Returns a page of users, oldest first.
    ///
    /// - Parameter cursor: The cursor of the page before; `nil` for the first page.
    func users(from cursor: String?) async throws -> DirectoryPage<DirectoryUser>
    /// Returns a page of organizations, oldest first.
    func organizations(from cursor: String?) async throws -> DirectoryPage<DirectoryOrganization>
    /// Returns a page of an organization's memberships, oldest first.
    func memberships(of organization: String, from cursor: String?) async throws -> DirectoryPage<DirectoryMembership>

    /// Returns the total number of users, organizations and memberships, to show progress; `nil` if the provider does not know it.
    func count() async throws -> Int?

    /// Returns a user; `nil` if there is none with this id.
    func user(_ id: String) async throws -> DirectoryUser?
    /// Returns an organization; `nil` if there is none with this id.
    func organization(_ id: String) async throws -> DirectoryOrganization?
    /// Returns the memberships of a user in an organization; none if the user is not a member.
    func memberships(of user: String, in organization: String) async throws -> [DirectoryMembership]
}

extension DirectoryBackend {
    public func count() async throws -> Int? { nil }
}

/// A part of a list.
public struct DirectoryPage<Object: Sendable>: Sendable {
    /// The objects.
    public var objects: [Object]
    /// The key of the next page; `nil` if this is the last.
    public var next: String?

    /// Makes a page.
    public init(_ objects: [Object], next: String? = nil) {
        self.objects = objects
        self.next = next
    }
}

/// The differences between a copy and its original.
public struct DirectoryDrift: Sendable, Hashable {
    /// A difference.
    public struct Difference: Sendable, Hashable {
        /// The kind of the object.
        public var kind: DirectoryKind
        /// The object's id.
        public var id: String
        /// The kind of difference.
        public var change: Change
    }

    /// A kind of difference.
    public enum Change: String, Sendable {
        /// The copy lacked the object.
        case missing
        /// The copy had another state.
        case changed
        /// The copy had the object, and the original does not.
        case gone
    }

    /// The number of compared objects.
    public var compared = 0
    /// The number of differences.
    public var count = 0
    /// The first of the differences.
    public var differences: [Difference] = []
    private static let maximumListed = 10_000

    mutating func add(_ kind: DirectoryKind, _ id: String, _ change: Change) {
        count += 1
        if differences.count < Self.maximumListed {
            differences.append(Difference(kind: kind, id: id, change: change))
        }
    }
}
