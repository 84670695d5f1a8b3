extension AuthorizationRequest {
    /// The current request of the task, as its guard accepted it; `nil` if no guard stands before the task. Adapters to servers whose
    /// requests have no storage, such as gRPC and FlyingFox, set this value.
    @TaskLocal public static var current: AuthorizationRequest?
}
