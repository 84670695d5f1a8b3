import Gatehouse
import GatehouseBase
public import GatehouseRecords

/// The rule for changes of the directory that arrive in any order, for the tests of authors of a `RecordStore`.
///
/// ```swift
/// @Test func takesChangesInAnyOrder() async throws {
///     #expect(try await DirectoryOrderConformance.violations(of: MyStore(), seed: 1) == [])
/// }
/// ```
public enum DirectoryOrderConformance {
    /// Returns the orders of a small random set of changes after which a store's directory differs from a naive model: of each object, the
    /// state with the highest version, and a deletion for good.
    ///
    /// - Parameters:
    ///   - store: The store that is tested. Each order has users of an issuer of its own.
    ///   - seed: Equal seeds make equal changes.
    ///   - changes: The number of changes, all of whose orders are tried: 5 changes have 120 orders.
    /// - Returns: A sentence for each difference, ten at most; none if the store conforms.
    /// - Throws: The store's errors.
    public static func violations(
        of store: some RecordStore,
        seed: UInt64,
        changes: Int = 5
    ) async throws -> [String] {
        let changes = ArrivingChange.random(changes, seed: seed)
        let expected = OrderedDirectory(changes)
        var violations: [String] = []
        for (number, order) in permutations(changes.count).enumerated() where violations.count < 10 {
            let issuer = "https://order/\(seed)/\(number)"
            // One change arrives twice, and all changes arrive in two transactions.
            let arriving = order.map { changes[$0] } + order.prefix(1).map { changes[$0] }
            let parts = [
                arriving.prefix(number % (changes.count + 1)), arriving.dropFirst(number % (changes.count + 1)),
            ]
            for part in parts {
                try await store.write { rows in
                    for change in part {
                        _ = try rows.apply(change.change, DirectoryRules(issuer: issuer), now: ArrivingChange.now)
                    }
                }
            }
            let found = try await store.read { try OrderedDirectory($0, issuer: issuer) }
            if found != expected { violations.append("\(arriving.map(\.name)): \(found) in the place of \(expected)") }
        }
        return violations
    }

    private static func permutations(_ count: Int) -> [[Int]] {
        guard count > 0 else { return [[]] }
        return permutations(count - 1).flatMap { rest in
            (0..<count).map { place in Array(rest[..<place]) + [count - 1] + Array(rest[place...]) }
        }
    }
}

/// A change in the form of the model.
private struct ArrivingChange: Sendable {
    enum Kind: Sendable {
        case user, organization
        case membership(user: String, organization: String, role: String)
    }

    static let now = Timestamp(clampingMilliseconds: 1_700_000_000_000)
    private static let memberships = [("m1", "u1", "o1"), ("m2", "u2", "o1"), ("m3", "u1", "o2")]

    let kind: Kind
    let id: String
    let isDeletion: Bool
    /// The version, which is higher than the version of every earlier change.
    let version: Int64

    var name: String { "\(id)\(isDeletion ? " deleted" : "") \(version)" }

    static func random(_ count: Int, seed: UInt64) -> [Self] {
        var steps = RecordSteps(seed: seed)
        return (0..<count).map { number in
            let version = Int64(number + 1)
            switch steps.number(0...6) {
            case 0:
                return Self(
                    kind: .user,
                    id: "u\(steps.number(1...2))",
                    isDeletion: steps.number(0...2) == 0,
                    version: version
                )
            case 1:
                return Self(
                    kind: .organization,
                    id: "o\(steps.number(1...2))",
                    isDeletion: steps.number(0...2) == 0,
                    version: version
                )
            default:
                let (id, user, organization) = memberships[steps.number(0...2)]
                return Self(
                    kind: .membership(
                        user: user,
                        organization: organization,
                        role: ["admin", "member"][steps.number(0...1)]
                    ),
                    id: id,
                    isDeletion: steps.number(0...3) == 0,
                    version: version
                )
            }
        }
    }

    var change: DirectoryChange {
        let object = ObjectVersion(updated: version, told: version, tie: "")
        switch kind {
        case .user:
            return isDeletion ? .userDeleted(id, object) : .user(DirectoryUser(id, email: "\(version)"), object)
        case .organization:
            return isDeletion
                ? .organizationDeleted(id, object)
                : .organization(DirectoryOrganization(id, name: "\(version)"), object)
        case .membership(let user, let organization, let role):
            let membership = DirectoryMembership(id, user: user, organization: organization, role: role)
            return isDeletion ? .membershipDeleted(membership, object) : .membership(membership, object)
        }
    }
}

/// The content of a directory, as text.
private struct OrderedDirectory: Hashable, Sendable, CustomStringConvertible {
    private var lines: Set<String> = []

    var description: String { "\(lines.sorted())" }

    /// Makes the expected content after changes, for every order of their arrival.
    init(_ changes: [ArrivingChange]) {
        let gone = Set(changes.filter(\.isDeletion).map(\.id))
        var latest: [String: ArrivingChange] = [:]
        for change in changes where !gone.contains(change.id) {
            if let held = latest[change.id], held.version > change.version { continue }
            latest[change.id] = change
        }
        for change in latest.values {
            switch change.kind {
            case .user, .organization: lines.insert("\(change.id) \(change.version)")
            case .membership(let user, let organization, let role):
                lines.insert("\(change.id) \(role)")
                if !gone.contains(user), !gone.contains(organization) {
                    lines.insert("\(user) holds \(role) in \(organization)")
                }
            }
        }
    }

    init(_ rows: some RecordTransaction, issuer: String) throws {
        for user in try rows.users(issuer: issuer, after: nil, limit: 100) {
            lines.insert("\(user.id) \(user.email ?? "")")
        }
        for organization in try rows.organizations(issuer: issuer, after: nil, limit: 100) {
            lines.insert("\(organization.id) \(organization.name ?? "")")
        }
        let memberships = try rows.memberships(issuer: issuer, user: nil, organization: nil, after: nil, limit: 100)
        for membership in memberships { lines.insert("\(membership.id) \(membership.role)") }
        for recorded in try rows.recordedRoles(issuer: issuer, at: .distantFuture) {
            lines.insert("\(recorded.member.user) holds \(recorded.role.role) in \(recorded.member.organization ?? "")")
        }
    }
}
