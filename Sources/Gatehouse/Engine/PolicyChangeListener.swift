/// Hears of each change of a ``CurrentPolicy``, in the order of the changes.
///
/// A change is noticed under the lock of the policy, so that the order holds, and told to others after the lock.
protocol PolicyChangeListener: AnyObject, Sendable {
    /// Keeps for ``tellPending()`` that a policy took the place of another.
    ///
    /// - Parameter failure: Why the last reload failed; `nil` if it did not.
    func noticeReplacement(of old: PolicyEngine, by new: PolicyEngine, _ failure: CurrentPolicy.ReloadFailure?)

    /// Keeps for ``tellPending()`` that a reload failed.
    func noticeRefusal(_ failure: CurrentPolicy.ReloadFailure)

    /// Tells what was noticed. It is called under no lock.
    func tellPending()
}
