using Grpc.Core;
using Grpc.Health.V1;
using Sensorium.Hosting.Settings;
using HealthBase = Grpc.Health.V1.Health.HealthBase;
using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace Sensorium.Hosting.Grpc.Health;

/// <summary>
/// grpc.health.v1, Check and Watch. NOT_SERVING until readiness is reported, and for good once draining begins, which also
/// ends the watches: they would keep the server from stopping.
/// </summary>
internal sealed class HealthStatuses(ServiceProfile profile) : HealthBase
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _services = ["", .. profile.HealthServices];
    private State _state = new(ServingStatus.NotServing, Ended: false);

    public void Report(bool ready) => Change(new State(ready ? ServingStatus.Serving : ServingStatus.NotServing, Ended: false));

    public void Drain() => Change(new State(ServingStatus.NotServing, Ended: true));

    public override Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context) =>
        _services.Contains(request.Service)
            ? Task.FromResult(new HealthCheckResponse { Status = Volatile.Read(ref _state).Status })
            : throw new RpcException(new Status(StatusCode.NotFound, $"There is no service \"{request.Service}\" here."));

    public override async Task Watch(
        HealthCheckRequest request,
        IServerStreamWriter<HealthCheckResponse> responseStream,
        ServerCallContext context)
    {
        var known = _services.Contains(request.Service);
        ServingStatus? sent = null;
        State state;
        do
        {
            state = Volatile.Read(ref _state);
            var status = known ? state.Status : ServingStatus.ServiceUnknown;
            if (status != sent)
            {
                await responseStream.WriteAsync(new HealthCheckResponse { Status = status }, context.CancellationToken);
                sent = status;
            }
        }
        while (!state.Ended && await state.ChangedAsync(context.CancellationToken));
    }

    private void Change(State next)
    {
        State before;
        lock (_gate)
        {
            if (_state.Ended || _state.Status == next.Status && !next.Ended)
            {
                return;
            }

            before = _state;
            _state = next;
        }

        before.SignalChanged();
    }

    private sealed record State(ServingStatus Status, bool Ended)
    {
        private readonly TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void SignalChanged() => _changed.TrySetResult();

        public async Task<bool> ChangedAsync(CancellationToken cancellationToken)
        {
            await _changed.Task.WaitAsync(cancellationToken);
            return true;
        }
    }
}
