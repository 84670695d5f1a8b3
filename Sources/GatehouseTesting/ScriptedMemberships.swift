public import Gatehouse
import Synchronization

/// A membership source for tests, which answers by a script and stores the members of all loads.
///
/// ```swift
/// let source = ScriptedMemberships(["reader"])
/// let authorizer = Authorizer(engine: engine, memberships: source)
/// #expect(try await authorizer.isAllowed("docs:read", for: alice))
/// source.fail(MembershipSourceError("the database is away"))
/// #expect(try await authorizer.isAllowed("docs:read", for: alice))  // from memory
/// #expect(source.loads == 1)
/// ```
///
/// A load is answered by the script that was in force when the load began.
public final class ScriptedMemberships: MembershipSource {
    /// A closure that answers the load of a member. Loads are numbered from 0.
    public typealias Script = @Sendable (_ member: Member, _ number: Int) async throws -> Membership?

    private struct State {
        var script: Script
        var members: [Member] = []
        var isHolding = false
        var held: [CheckedContinuation<Void, Never>] = []
        var cancelledLoads = 0
    }

    private let state: Mutex<State>

    /// Makes a source that answers by a script, such as a slow source.
    public init(_ script: @escaping Script) {
        state = Mutex(State(script: script))
    }

    /// Makes a source that returns the same answer for each member; `nil` if the source knows no member.
    public convenience init(_ answer: Membership?) {
        self.init { _, _ in answer }
    }

    /// Makes a source that fails.
    public convenience init(failing error: any Error) {
        self.init { _, _ in throw error }
    }

    /// The members that were loaded, in the order in which the loads began.
    public var members: [Member] { state.withLock { $0.members } }

    /// The number of loads that have begun.
    public var loads: Int { state.withLock { $0.members.count } }

    /// The number of loads that were cancelled while the source held them.
    public var cancelledLoads: Int { state.withLock { $0.cancelledLoads } }

    /// Sets the script for later loads.
    public func answer(_ script: @escaping Script) { state.withLock { $0.script = script } }

    /// Sets the answer for later loads; `nil` if the source knows no member.
    public func answer(_ answer: Membership?) { self.answer { _, _ in answer } }

    /// Makes later loads fail.
    public func fail(_ error: any Error) { answer { _, _ in throw error } }

    /// Holds later loads until ``release()`` or ``open()``, even after a load is cancelled.
    public func hold() { state.withLock { $0.isHolding = true } }

    /// Ends the wait of all held loads. Later loads are held.
    public func release() {
        let held = state.withLock { state in
            defer { state.held = [] }
            return state.held
        }
        for continuation in held { continuation.resume() }
    }

    /// Ends the wait of all held loads. Later loads are not held.
    public func open() {
        state.withLock { $0.isHolding = false }
        release()
    }

    /// The staleness of answers, which is zero: no answer is older than its load.
    public var staleness: Duration? { .zero }

    /// Answers a load by the script.
    public func membership(of member: Member) async throws -> Membership? {
        let (script, number, isHeld) = state.withLock { state in
            state.members.append(member)
            return (state.script, state.members.count - 1, state.isHolding)
        }
        if isHeld { await waitForRelease() }
        return try await script(member, number)
    }

    private func waitForRelease() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isHeld = state.withLock { state in
                    if state.isHolding { state.held.append(continuation) }
                    return state.isHolding
                }
                if !isHeld { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.cancelledLoads += 1 }
        }
    }
}
