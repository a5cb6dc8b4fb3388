using Sensorium.Deciders.Deciding;
using Sensorium.Gateway.Operations;
using Sensorium.Gateway.Operations.Decisions;

namespace Sensorium.Gateway.Http.OpenAi.Decisions;

/// <summary>POST /decisions. "model" names a decider, or else a model whose space media and words share.</summary>
internal sealed class DecisionsEndpoint(DecideOperation decide, DecidersOperation deciders, ListModelsOperation models)
{
    public async Task<IResult> HandleAsync(HttpContext context)
    {
        using var body = await BodyReader.ReadAsync(context.Request);
        DecisionsEndpoints.Decisions.Check(body.RootElement);
        var request = DecisionsRequest.Read(body.RootElement);
        var decider = deciders.Find(request.Model);
        if (decider is null)
        {
            await models.RequireAsync(request.Model, context.RequestAborted, [.. deciders.List().Select(listed => listed.Info.Name)]);
        }

        var input = DecisionsInput.Read(body.RootElement, decider?.Schema);
        var encoding = HttpCall.BatchOf(context, decider is null ? request.Model : null);
        var asked = new DecideRequest(
            decider?.Name ?? "",
            decider is null ? [.. request.Questions.Select(question => question.Question)] : TaughtQuestions.Match(request.Questions, decider),
            new DecideOptions(request.MinConfidence, request.Coverage),
            encoding)
        {
            Explaining = request.ExplainMedia ? new MediaDivision(0, 0, Draws: false) : null,
        };
        var decided = await decide.RunAsync([input], asked, context.RequestAborted);
        var outcome = decided.Cases[0];
        if (outcome.Error is { } error)
        {
            throw error;
        }

        var answers = outcome.Answers.Select((answer, i) => DecisionAnswers.Of(answer, request.Questions[i]) with { Media = outcome.Explained.Count > i ? [.. outcome.Explained[i].Select(DecisionAnswers.ToEntry)] : null });
        return Results.Json(
            new DecisionResponse(decider?.Name ?? request.Model, [.. answers], new DecisionUsage(decided.InputUnits), DeciderInfo.Notice),
            DecisionsJson.Default.DecisionResponse);
    }
}
