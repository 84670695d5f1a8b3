extension AuthorizationRequest {
    /// The request that the task serves, as its guard let it go on; `nil` if no guard stands before the task. Adapters to servers whose
    /// requests carry nothing of their own set it, such as those of gRPC and FlyingFox.
    @TaskLocal public static var current: AuthorizationRequest?
}
