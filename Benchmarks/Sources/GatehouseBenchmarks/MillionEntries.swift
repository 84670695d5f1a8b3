import CAllocations
import Foundation
import Gatehouse
import Synchronization

/// A million members of a hundred organizations, who share a hundred sets of roles.
enum MillionEntries {
    private static let organizations = 100
    private static let members = 10_000

    private struct SharedRoles: MembershipSource {
        func membership(of member: Member) -> Membership? {
            let number = member.user.utf8.reduce(0) { ($0 &* 31 &+ Int($1)) & 0xFFFF } % 100
            return Membership(roles: [RoleAssignment("role_\(number)")])
        }
    }

    static func passes() async throws -> Bool {
        let roles = (0..<100).map { Role("role_\($0)", grants: ["org:invoices:read", "org:module_\($0):*"]) }
        let authorizer = Authorizer(
            engine: try PolicyEngine(Policy(roles: roles)),
            memberships: SharedRoles(),
            issuer: "https://clerk.example.com",
            cache: PermissionCache(.init(capacity: 1_000_000, timeToLive: .seconds(3_600)))
        )
        let before = bytes_in_use()
        for organization in 0..<organizations {
            let name = Queries.organization(organization)
            for member in 0..<members {
                let user = Queries.user(organization * members + member)
                _ = try await authorizer.isAllowed(organization: name, user: user, permission: "org:invoices:read")
            }
        }
        let entries = authorizer.cache.count
        let bytes = Double(bytes_in_use() - before) / Double(entries)
        let (elapsed, longest, stale) = try forgetting(authorizer)
        return [
            Gates.gate("a million members: entries", Double(entries), atLeast: 1_000_000),
            Gates.gate("a million members: bytes an entry", bytes, atMost: 160),
            Gates.gate("forgetting 10,000 members: ms", elapsed / .milliseconds(1), atMost: 2),
            Gates.gate(
                "forgetting 10,000 members: longest check of others, ms of work",
                longest / .milliseconds(1),
                atMost: 1
            ),
            Gates.gate("forgetting 10,000 members: of them remembered afterwards", Double(stale), atMost: 0),
        ].allSatisfy { $0 }
    }

    /// Forgets an organization while another thread asks about members of others.
    private static func forgetting(_ authorizer: Authorizer) throws -> (Duration, longest: Duration, stale: Int) {
        let reader = Reader(authorizer)
        reader.start()
        let forgotten = Invalidation.Scope.organization(
            issuer: "https://clerk.example.com",
            organization: Queries.organization(0)
        )
        let start = ContinuousClock.now
        authorizer.cache.invalidate(forgotten)
        let elapsed = ContinuousClock.now - start
        let stale = (0..<members).filter {
            authorizer.cachedAnswer(
                organization: Queries.organization(0),
                user: Queries.user($0),
                permission: "org:invoices:read"
            ) != nil
        }.count
        return (elapsed, try reader.stop(), stale)
    }

    /// A thread that asks about members of an organization, and how long the processor worked on its longest check.
    private final class Reader: Sendable {
        private let authorizer: Authorizer
        private let isDone = Atomic(false)
        private let checks = Atomic(0)
        private let longest = Mutex(Duration.zero)
        private let group = DispatchGroup()

        init(_ authorizer: Authorizer) { self.authorizer = authorizer }

        func start() {
            group.enter()
            Thread.detachNewThread { [self] in
                var slowest = Duration.zero
                while !isDone.load(ordering: .acquiring) {
                    let start = ProcessorTime.ofThread
                    let answer = authorizer.cachedAnswer(
                        organization: Queries.organization(1),
                        user: Queries.user(MillionEntries.members),
                        permission: "org:invoices:read"
                    )
                    slowest = max(slowest, ProcessorTime.ofThread - start)
                    if answer == true { checks.add(1, ordering: .relaxed) }
                }
                longest.withLock { $0 = slowest }
                group.leave()
            }
            while checks.load(ordering: .relaxed) < 1_000 {}  // it runs
        }

        func stop() throws -> Duration {
            isDone.store(true, ordering: .releasing)
            group.wait()
            return longest.withLock { $0 }
        }
    }
}
