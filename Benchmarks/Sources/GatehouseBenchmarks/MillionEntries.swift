import CAllocations
import Foundation
@_spi(Benchmarks) import Gatehouse
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
            cache: try PermissionCache(.init(capacity: 1_000_000, timeToLive: .seconds(3_600)))
        )
        let before = bytes_in_use()
        for organization in 0..<organizations {
            let name = Queries.organization(organization)
            for member in 0..<members {
                let user = Queries.user(organization * members + member)
                _ = try await authorizer.isAllowed(organization: name, user: user, permission: "org:invoices:read")
            }
        }
        let entries = authorizer.cache.statistics.entries
        let bytes = Double(bytes_in_use() - before) / Double(entries)
        let forgetting = try forgetting(authorizer)
        // The host's pauses count as work too, now and then: a tenth of the invalidations may meet one.
        let longest = forgetting.reader.longest.filter { $0 > .zero }.map { $0 / .milliseconds(1) }.sorted()
        print(
            String(
                format: "Longest check while 10,000 members are forgotten: at most %.3f ms of work",
                longest.last ?? .nan
            )
        )
        return [
            Gates.gate("a million members: entries", Double(entries), atLeast: 1_000_000),
            Gates.gate("a million members: bytes an entry", bytes, atMost: 160),
            Gates.gate("forgetting 10,000 members: ms", forgetting.longest / .milliseconds(1), atMost: 2),
            Gates.gate("forgetting 10,000 members: of them remembered", Double(forgetting.stale), atMost: 0),
            Gates.gate("meanwhile: checks of others", Double(forgetting.reader.checks), atLeast: 10_000),
            Gates.gate("meanwhile: invalidations that a check met", Double(longest.count), atLeast: 25),
            Gates.gate(
                "meanwhile: ms of work of the longest, for nine of ten",
                longest.isEmpty ? nil : longest[longest.count * 9 / 10],
                atMost: 1
            ),
            Gates.gate("meanwhile: checks that waited", Double(forgetting.reader.waited), atMost: 0),
        ].allSatisfy { $0 }
    }

    private struct Forgetting {
        var longest = Duration.zero
        var stale = 0
        var reader = Reader.Tally()
    }

    /// Forgets half of the organizations, one after another, while another thread asks about members of all shards of the others.
    private static func forgetting(_ authorizer: Authorizer) throws -> Forgetting {
        var result = Forgetting()
        let reader = Reader(authorizer)
        reader.start()
        for organization in 0..<organizations / 2 {
            let name = Queries.organization(organization)
            reader.organization.store(organization, ordering: .releasing)
            let forgotten = Invalidation(.organization(issuer: "https://clerk.example.com", organization: name))
            let start = ContinuousClock.now
            authorizer.applyLocally(forgotten)
            result.longest = max(result.longest, ContinuousClock.now - start)
            result.stale += (0..<members).count { member in
                authorizer.cachedAnswer(
                    organization: name,
                    user: Queries.user(organization * members + member),
                    permission: "org:invoices:read"
                ) != nil
            }
        }
        result.reader = reader.stop()
        return result
    }

    /// A thread that asks about members of the other organizations.
    private final class Reader: Sendable {
        struct Tally {
            var checks = 0
            /// For how long the processor worked on the longest check while each organization was forgotten.
            var longest = Array(repeating: Duration.zero, count: MillionEntries.organizations / 2)
            /// Checks that gave up the processor, as for a lock.
            var waited = 0
        }

        /// Which is being forgotten.
        let organization = Atomic(0)
        private let authorizer: Authorizer
        private let isDone = Atomic(false)
        private let hasBegun = DispatchSemaphore(value: 0)
        private let ended = DispatchGroup()
        private let tally = Mutex(Tally())

        init(_ authorizer: Authorizer) { self.authorizer = authorizer }

        func start() {
            ended.enter()
            Thread.detachNewThread { [self] in
                let result = run()
                tally.withLock { $0 = result }
                ended.leave()
            }
            hasBegun.wait()
        }

        func stop() -> Tally {
            isDone.store(true, ordering: .releasing)
            ended.wait()
            return tally.withLock { $0 }
        }

        private func run() -> Tally {
            let asked = (0..<1_000).map { number in
                let member = MillionEntries.organizations / 2 * MillionEntries.members + number * 500
                return (Queries.organization(member / MillionEntries.members), Queries.user(member))
            }
            var result = Tally()
            while !isDone.load(ordering: .acquiring) {
                for (organization, user) in asked {
                    let forgotten = self.organization.load(ordering: .acquiring)
                    let start = (work: ProcessorTime.ofThread, waits: ProcessorTime.waitsOfThread)
                    let answer = authorizer.cachedAnswer(
                        organization: organization,
                        user: user,
                        permission: "org:invoices:read"
                    )
                    result.longest[forgotten] = max(result.longest[forgotten], ProcessorTime.ofThread - start.work)
                    if ProcessorTime.waitsOfThread > start.waits { result.waited += 1 }
                    if answer == true { result.checks += 1 }
                }
                hasBegun.signal()
            }
            return result
        }
    }
}
