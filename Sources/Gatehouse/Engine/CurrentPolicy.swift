import Synchronization

/// The policy in force, which can be replaced while checks go on.
///
/// A check sees one policy whole: whoever resolved a principal goes on with the policy of that moment, and
/// ``isCurrent(_:)`` tells whether it is still in force. A reload that fails leaves the last good policy in force.
///
/// ```swift
/// let policy = CurrentPolicy(try PolicyEngine(reading: bytes))
/// policy.reload { try PolicyEngine(reading: readFile()) }
/// ```
public final class CurrentPolicy: Sendable {
    private struct Subscription {
        weak var listener: (any PolicyChangeListener)?
    }

    private struct State {
        var engine: PolicyEngine
        /// The policy before. To free a large policy takes milliseconds, and falls to whoever gives it up last: kept here, that is the
        /// next to replace the policy, and not a check that was under way. A cache may keep it longer, for entries that nobody asked for
        /// since.
        var previous: PolicyEngine?
        var failure: ReloadFailure?
        /// The number of changes that began, and the numbers of the changes that gave the engine and the failure, or its absence.
        var begun: UInt64 = 0
        var inForce: UInt64 = 0
        var reported: UInt64 = 0
        var subscriptions: [Subscription] = []

        /// Those who hear of replacements and reloads, as long as somebody keeps them.
        var listeners: [any PolicyChangeListener] { subscriptions.compactMap(\.listener) }

        mutating func add(_ listener: any PolicyChangeListener) {
            subscriptions.removeAll { $0.listener == nil }
            subscriptions.append(Subscription(listener: listener))
        }

        /// Returns the number of one that begins.
        mutating func begin() -> UInt64 {
            begun += 1  // one a nanosecond would take 584 years to overflow it
            return begun
        }
    }

    private let state: Mutex<State>
    /// The identity of the engine in force. It cannot mean another engine than that of a resolved principal, which keeps
    /// its engine alive.
    private let identity: Atomic<UInt>

    /// Puts a policy in force.
    public init(_ engine: PolicyEngine) {
        state = Mutex(State(engine: engine))
        identity = Atomic(Self.identity(of: engine))
    }

    /// The policy in force.
    public var engine: PolicyEngine { state.withLock { $0.engine } }

    /// Why the last reload failed; `nil` if it did not.
    public var failure: ReloadFailure? { state.withLock { $0.failure } }

    /// Returns true if the principal was resolved with the policy in force: one atomic load.
    @inline(__always)
    public func isCurrent(_ principal: ResolvedPrincipal) -> Bool { isCurrent(principal.engine) }

    @inline(__always)
    func isCurrent(_ engine: PolicyEngine) -> Bool { isCurrent(ObjectIdentifier(engine)) }

    @inline(__always)
    func isCurrent(_ engine: ObjectIdentifier) -> Bool {
        identity.load(ordering: .acquiring) == UInt(bitPattern: engine)
    }

    /// Compiles what a principal holds under the policy in force.
    public func resolve(_ principal: Principal) -> ResolvedPrincipal { engine.resolve(principal) }

    /// Puts another policy in force. When it returns, no later check begins with the one before.
    public func replace(with engine: PolicyEngine) { replace(with: engine, begunAs: nil) }

    /// - Parameter number: The number that it began with; `nil` if it begins now.
    private func replace(with engine: PolicyEngine, begunAs number: UInt64?) {
        let (retired, listeners) = state.withLock { state -> (PolicyEngine?, [any PolicyChangeListener]) in
            let number = number ?? state.begin()
            if number > state.reported { (state.failure, state.reported) = (nil, number) }
            guard number > state.inForce else { return (nil, []) }
            let (retired, replaced, listeners) = (state.previous, state.engine, state.listeners)
            (state.engine, state.previous, state.inForce) = (engine, replaced, number)
            identity.store(Self.identity(of: engine), ordering: .releasing)
            for listener in listeners { listener.noticeReplacement(of: replaced, by: engine, state.failure) }
            return (retired, listeners)
        }
        for listener in listeners { listener.tellPending() }
        withExtendedLifetime(retired) {}  // freed here, outside the lock
    }

    /// Loads a policy and puts it in force; where that fails, the last good one stays. Of several at a time, the good one that began
    /// last counts: what an earlier one reads may be older.
    ///
    /// - Returns: True if a policy was loaded. If not, ``failure`` says why.
    @discardableResult
    public func reload(_ load: () throws -> PolicyEngine) -> Bool {
        let number = state.withLock { $0.begin() }
        do {
            replace(with: try load(), begunAs: number)
            return true
        } catch {
            let listeners = state.withLock { state -> [any PolicyChangeListener] in
                guard number > state.reported else { return [] }
                let failure = ReloadFailure(error, keeping: state.engine.revision)
                (state.failure, state.reported) = (failure, number)
                let listeners = state.listeners
                for listener in listeners { listener.noticeRefusal(failure) }
                return listeners
            }
            for listener in listeners { listener.tellPending() }
            return false
        }
    }

    /// From now on what becomes of the policy is told.
    ///
    /// - Returns: The policy in force when that began.
    func tellsReplacements(to listener: any PolicyChangeListener) -> PolicyEngine {
        state.withLock { state in
            state.add(listener)
            return state.engine
        }
    }

    private static func identity(of engine: PolicyEngine) -> UInt { UInt(bitPattern: ObjectIdentifier(engine)) }
}
