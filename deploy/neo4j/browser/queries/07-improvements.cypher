// What did each step improve?
MATCH (:Layer {name: $name})-[:EVOLVED_FROM*0..20]->(child:Layer)-[step:EVOLVED_FROM]->(parent:Layer)
WITH DISTINCT child, step, parent
UNWIND range(0, size(step.improvementMetricNames) - 1) AS i
RETURN child.name AS child, parent.name AS parent, step.evolutionType AS how, step.confidence AS confidence,
  step.improvementMetricNames[i] AS metric, step.improvementMetricValues[i] AS gain
ORDER BY child, parent, metric
LIMIT 500
